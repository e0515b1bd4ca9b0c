"""The block library of the site. Other rooms use the streams, or single blocks in streams of their own."""

from .links import FooterColumnBlock, LinkBlock, MenuItemBlock
from .media import GalleryBlock, PictureBlock, VideoBlock
from .products import (
    CardsBlock,
    CategoryGridBlock,
    FeaturedProductsBlock,
    ProductChooserBlock,
    ProductTeaserBlock,
    StoriesBlock,
    pages_in,
)
from .sections import BannerBlock, CallToActionBlock, HeroBlock
from .streams import BodyStreamBlock, LandingStreamBlock
from .text import FaqBlock, HeadingBlock, NoticeBlock, ParagraphBlock, QuoteBlock, StepsBlock

__all__ = [
    "BannerBlock",
    "BodyStreamBlock",
    "CallToActionBlock",
    "CardsBlock",
    "CategoryGridBlock",
    "FaqBlock",
    "FeaturedProductsBlock",
    "FooterColumnBlock",
    "GalleryBlock",
    "HeadingBlock",
    "HeroBlock",
    "LandingStreamBlock",
    "LinkBlock",
    "MenuItemBlock",
    "NoticeBlock",
    "ParagraphBlock",
    "PictureBlock",
    "ProductChooserBlock",
    "ProductTeaserBlock",
    "QuoteBlock",
    "StepsBlock",
    "StoriesBlock",
    "VideoBlock",
    "pages_in",
]
