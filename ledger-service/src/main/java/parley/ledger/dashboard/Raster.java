package parley.ledger.dashboard;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/// A drawing as pixels, for those who take no SVG, such as the cards of social networks.
final class Raster {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 630;
    private static final @Nullable Component NOT_ON_A_SCREEN = null;

    private Raster() {}

    /// That drawing, which is ours, as PNG.
    static byte[] png(String svg) {
        var bytes = new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8));
        SVGDocument drawing =
                Objects.requireNonNull(
                        new SVGLoader().load(bytes, null, LoaderContext.createDefault()));
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(
                    RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            drawing.render(NOT_ON_A_SCREEN, graphics, new ViewBox(0, 0, WIDTH, HEIGHT));
        } finally {
            graphics.dispose();
        }
        try (var png = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", png);
            return png.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException("Writing in memory failed", impossible);
        }
    }
}
