"""What editors may put into the body of a page."""

from wagtail import blocks

from .media import GalleryBlock, PictureBlock, VideoBlock
from .products import CategoryGridBlock, FeaturedProductsBlock, ProductTeaserBlock, StoriesBlock
from .sections import BannerBlock, CallToActionBlock, HeroBlock
from .text import FaqBlock, HeadingBlock, NoticeBlock, ParagraphBlock, QuoteBlock, StepsBlock


class BodyStreamBlock(blocks.StreamBlock):
    """A text with pictures and products: stories, product pages."""

    paragraph = ParagraphBlock()
    heading = HeadingBlock()
    quote = QuoteBlock()
    notice = NoticeBlock()
    faq = FaqBlock()
    image = PictureBlock()
    gallery = GalleryBlock()
    video = VideoBlock()
    product_teaser = ProductTeaserBlock()
    featured_products = FeaturedProductsBlock()
    steps = StepsBlock()
    call_to_action = CallToActionBlock()


class LandingStreamBlock(BodyStreamBlock):
    """Everything: the front page, campaigns, standard pages."""

    hero = HeroBlock()
    banner = BannerBlock()
    category_grid = CategoryGridBlock()
    stories = StoriesBlock()
