const LONGEST = 100;
const PAUSE = 900;

/** Undo and redo over whole snapshots. Edits of one kind that follow each other closely make one step. */
export class History {
  #past = [];
  #future = [];
  #lastKind = null;
  #lastTime = 0;

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  /** Keeps `snapshot`, the state before an edit. */
  record(snapshot, kind) {
    const now = performance.now();
    const continues = kind !== null && kind === this.#lastKind && now - this.#lastTime < PAUSE;
    if (!continues) this.#past.push(snapshot);
    if (this.#past.length > LONGEST) this.#past.shift();
    this.#future = [];
    this.#lastKind = kind;
    this.#lastTime = now;
  }

  /** Gives up `current` and returns the state before it. */
  undo(current) {
    this.#lastKind = null;
    this.#future.push(current);
    return this.#past.pop();
  }

  redo(current) {
    this.#lastKind = null;
    this.#past.push(current);
    return this.#future.pop();
  }
}
