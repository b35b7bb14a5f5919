import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Scanner;

/**
 * Sends requests with HttpURLConnection and tells what came back, one line each.
 *
 * <p>In: method, address, Accept, Content-Type, If-None-Match and the body in base64, divided by TAB; a field that is
 * empty is not set, so that Java's own default stays. Out: status, Content-Type, Vary, ETag, Location and the body in
 * base64.
 */
class Exchange {
    public static void main(String[] arguments) throws IOException {
        Scanner lines = new Scanner(System.in, StandardCharsets.UTF_8);
        while (lines.hasNextLine()) {
            System.out.println(answer(lines.nextLine().split("\t", -1)));
        }
    }

    private static String answer(String[] request) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create(request[1]).toURL().openConnection();
        connection.setConnectTimeout(30_000);
        connection.setReadTimeout(30_000);
        connection.setRequestMethod(request[0]);
        set(connection, "Accept", request[2]);
        set(connection, "Content-Type", request[3]);
        set(connection, "If-None-Match", request[4]);
        if (!request[5].isEmpty()) {
            connection.setDoOutput(true);
            connection.getOutputStream().write(Base64.getDecoder().decode(request[5]));
        }
        int status = connection.getResponseCode();
        InputStream stream = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (stream != null) {
            stream.transferTo(body);
        }
        return String.join("\t", Integer.toString(status), field(connection, "Content-Type"), field(connection, "Vary"),
            field(connection, "ETag"), field(connection, "Location"),
            Base64.getEncoder().encodeToString(body.toByteArray()));
    }

    private static void set(HttpURLConnection connection, String name, String value) {
        if (!value.isEmpty()) {
            connection.setRequestProperty(name, value);
        }
    }

    private static String field(HttpURLConnection connection, String name) {
        String value = connection.getHeaderField(name);
        return value == null ? "" : value;
    }
}
