"""From screen colours to DeviceCMYK.

There is no colour profile: the conversion is arithmetic with full black generation, so that black is pure
black ink and greys use no coloured ink. A print shop with a profile would do better; a sandbox must only be
honest about it.
"""

from PIL import Image, ImageChops, ImageMath


def cmyk(color: str) -> tuple[float, float, float, float]:
    """Cyan, magenta, yellow and black (0 to 1) of "#rrggbb"."""
    red, green, blue = (int(color[start : start + 2], 16) for start in (1, 3, 5))
    lightest = max(red, green, blue)
    if lightest == 0:
        return 0.0, 0.0, 0.0, 1.0
    inks = (round(1 - channel / lightest, 4) for channel in (red, green, blue))
    return *inks, round(1 - lightest / 255, 4)


def picture_to_cmyk(picture: Image.Image) -> Image.Image:
    """The same conversion for every pixel of an RGB picture."""
    channels = picture.split()
    lightest = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    inks = [
        ImageMath.lambda_eval(
            lambda args: args["convert"](
                (args["lightest"] - args["channel"]) * 255 / args["max"](args["lightest"], 1), "L"
            ),
            lightest=lightest,
            channel=channel,
        )
        for channel in channels
    ]
    return Image.merge("CMYK", [*inks, ImageChops.invert(lightest)])
