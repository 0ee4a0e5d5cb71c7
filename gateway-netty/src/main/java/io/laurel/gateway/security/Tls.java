package io.laurel.gateway.security;

import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS for listeners and clients, by the provider of the JDK: 1.3, or 1.2 with an ephemeral key
 * exchange and authenticated encryption. Everything comes from PEM files.
 */
public final class Tls {
    /** Versions that may be configured, the better one first. */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
    /** Longest handshake, in ms. */
    public static final long HANDSHAKE_MS = 5_000;

    private static final long CLOSE_MS = 1_000;
    private static final List<String> CIPHERS = List.of(
        "TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private Tls() {
    }

    /**
     * Makes the certificates and keys of a listener ready.
     *
     * @param certificates of the node, its own first, then those above it
     * @param key private key of the first, PKCS#8, unencrypted
     * @param clientCa who may have signed the certificates of clients, which must show one; null =
     *     clients show none
     * @param protocols some of {@link #PROTOCOLS}
     * @throws IllegalArgumentException where a file is not what it must be
     */
    public static SslContext forListener(Path certificates, Path key, Path clientCa,
        List<String> protocols) {
        final List<X509Certificate> chain = PemFiles.certificates(certificates);
        final PrivateKey secret = PemFiles.key(key, chain.get(0).getPublicKey());
        final SslContextBuilder builder = SslContextBuilder
            .forServer(secret, chain.toArray(X509Certificate[]::new))
            .sslProvider(SslProvider.JDK).protocols(protocols)
            .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE);
        if (clientCa != null) {
            builder.clientAuth(ClientAuth.REQUIRE).trustManager(
                PemFiles.certificates(clientCa).toArray(X509Certificate[]::new));
        }
        try {
            return builder.build();
        } catch (final SSLException e) {
            throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    /**
     * Makes what a client needs ready.
     *
     * @param ca who may have signed the node's certificate, or that certificate; null = whom the
     *     Java platform trusts
     * @param certificates what the client shows, its own first; null = nothing
     * @param key private key of the first; null = none
     * @throws IllegalArgumentException where a file is not what it must be
     */
    public static SSLContext forClient(Path ca, Path certificates, Path key) {
        try {
            final SSLContext context = SSLContext.getInstance("TLS");
            context.init(certificates == null ? null : own(certificates, key),
                ca == null ? null : trusted(ca), null);
            return context;
        } catch (final GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static TrustManager[] trusted(Path ca) throws GeneralSecurityException, IOException {
        final KeyStore store = emptyStore();
        int number = 0;
        for (final X509Certificate one : PemFiles.certificates(ca)) {
            store.setCertificateEntry("ca" + number++, one);
        }
        final TrustManagerFactory factory =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] own(Path certificates, Path key)
        throws GeneralSecurityException, IOException {
        final List<X509Certificate> chain = PemFiles.certificates(certificates);
        final KeyStore store = emptyStore();
        // the store never leaves this method's objects, so its password guards nothing
        store.setKeyEntry("own", PemFiles.key(key, chain.get(0).getPublicKey()), new char[0],
            chain.toArray(X509Certificate[]::new));
        final KeyManagerFactory factory =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        final KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /**
     * Reads a file of certificates, to tell which one of several files is wrong.
     *
     * @throws IllegalArgumentException where it is not what it must be
     */
    public static void checkCertificates(Path file) {
        PemFiles.certificates(file);
    }

    /** Puts TLS in front of everything else of a new connection; does nothing without one. */
    public static void addTo(DuplexChannel channel, SslContext context) {
        if (context != null) {
            final SslHandler handler = context.newHandler(channel.alloc());
            handler.setHandshakeTimeoutMillis(HANDSHAKE_MS);
            handler.setCloseNotifyFlushTimeout(CLOSE_MS, TimeUnit.MILLISECONDS);
            channel.pipeline().addFirst(handler);
        }
    }

    /** Closes the sending half of a connection, behind the farewell of TLS where there is one. */
    public static void shutdownOutput(DuplexChannel channel) {
        final SslHandler handler = channel.pipeline().get(SslHandler.class);
        if (handler == null) {
            channel.shutdownOutput();
        } else {
            handler.closeOutbound().addListener(told -> channel.shutdownOutput());
        }
    }
}
