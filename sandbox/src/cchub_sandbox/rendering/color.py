"""From screen colours to DeviceCMYK, without a colour profile.

Black generation is complete: what a colour has in common with grey is printed with black ink alone, so that
black is pure black and small grey type needs no register. What is left is corrected for the impurity of real
inks (cyan also absorbs green, magenta also absorbs blue) by masking equations. Their factors were fitted to
PDFium's idea of offset inks, so that previews come out close to what was chosen on screen. A print shop with
profiles does better; the files claim nothing else.
"""

from PIL import Image, ImageChops, ImageMath

Inks = tuple[float, float, float, float]

# How much cyan, magenta and yellow ink to print for one unit of each pure colour.
MASKING = (
    (0.90, 0.0, 0.0),
    (-0.30, 1.10, 0.05),
    (0.13, -0.37, 1.25),
)


def cmyk(color: str) -> Inks:
    """Cyan, magenta, yellow and black (0 to 1) of "#rrggbb"."""
    channels = [int(color[start : start + 2], 16) for start in (1, 3, 5)]
    lightest = max(channels)
    if lightest == 0:
        return 0.0, 0.0, 0.0, 1.0
    pure = [1 - channel / lightest for channel in channels]
    cyan, magenta, yellow = (
        sum(factor * amount for factor, amount in zip(row, pure, strict=True)) for row in MASKING
    )
    return _ink(cyan), _ink(magenta), _ink(yellow), _ink(1 - lightest / 255)


def picture_to_cmyk(picture: Image.Image) -> Image.Image:
    """The same conversion for every pixel of an RGB picture."""
    channels = picture.split()
    lightest = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    pure = [_pure(channel, lightest) for channel in channels]
    return Image.merge("CMYK", [*(_masked(pure, row) for row in MASKING), ImageChops.invert(lightest)])


def _pure(channel: Image.Image, lightest: Image.Image) -> Image.Image:
    return ImageMath.lambda_eval(
        lambda args: args["convert"](
            (args["lightest"] - args["channel"]) * 255 / args["max"](args["lightest"], 1), "L"
        ),
        lightest=lightest,
        channel=channel,
    )


def _masked(pure: list[Image.Image], row: tuple[float, float, float]) -> Image.Image:
    cyan, magenta, yellow = (round(factor * 256) for factor in row)
    return ImageMath.lambda_eval(
        lambda args: args["convert"](
            args["min"](
                args["max"]((args["c"] * cyan + args["m"] * magenta + args["y"] * yellow) / 256, 0), 255
            ),
            "L",
        ),
        c=pure[0],
        m=pure[1],
        y=pure[2],
    )


def _ink(amount: float) -> float:
    return round(min(1.0, max(0.0, amount)), 4)
