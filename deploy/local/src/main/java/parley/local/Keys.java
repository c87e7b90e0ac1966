package parley.local;

import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/// The secrets of one state directory, made on its first start.
public record Keys(KeyPair tokens, String databasePassword) {
    private static final String ALGORITHM = "RSA";
    private static final int BITS = 2048;
    private static final int PASSWORD_BYTES = 24;

    public static Keys of(StateDirectory state) {
        var privateKey = state.key("tokens.private.pem");
        var publicKey = state.key("tokens.public.pem");
        var password = state.postgresPassword();
        if (!Files.exists(privateKey) || !Files.exists(publicKey)) {
            var made = make();
            StateDirectory.write(publicKey, pem("PUBLIC KEY", made.getPublic().getEncoded()));
            StateDirectory.write(privateKey, pem("PRIVATE KEY", made.getPrivate().getEncoded()));
        }
        if (!Files.exists(password)) {
            var bytes = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(bytes);
            StateDirectory.write(
                    password, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        return new Keys(
                pair(
                        decode(StateDirectory.read(publicKey)),
                        decode(StateDirectory.read(privateKey))),
                StateDirectory.read(password));
    }

    /// As the services take it: the key alone, without the lines around it.
    public String publicKey() {
        return Base64.getEncoder().encodeToString(tokens.getPublic().getEncoded());
    }

    private static KeyPair make() {
        try {
            var generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair(byte[] publicKey, byte[] privateKey) {
        try {
            var factory = KeyFactory.getInstance(ALGORITHM);
            return new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(publicKey)),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(privateKey)));
        } catch (GeneralSecurityException e) {
            throw new UpException("The keys cannot be read; delete them to have new ones", e);
        }
    }

    private static String pem(String kind, byte[] key) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, lines, kind);
    }

    private static byte[] decode(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }
}
