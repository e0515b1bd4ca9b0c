import { cards } from "./cards.js";
import { desk } from "./desk.js";
import { homeware } from "./home.js";
import { wrapping } from "./wrapping.js";
import { tables } from "./tables.js";

// From the name of a picture to the function that builds its scene.
export const scenes = { ...tables, ...cards, ...desk, ...homeware, ...wrapping };
