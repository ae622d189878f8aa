import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import { generate } from 'selfsigned';

/** TLS before a server that speaks HTTP alone, as a reverse proxy gives it. */
export interface TlsFront {
  /** `https://HOST:PORT`; for the server's `PUBLIC_URL`. */
  readonly url: string;
  /** Makes Chromium trust the certificate wholly: after a mere exception it would keep nothing for the second visit. */
  readonly browserArgument: string;
  /** Where all of it goes on to, as `http://127.0.0.1:PORT`. */
  leadTo(url: string): void;
  close(): Promise<void>;
}

/** @param host the address that the certificate names and the browser types. */
export async function startTlsFront(host: string): Promise<TlsFront> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: host }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: host }] }],
  });
  let target = new URL('http://127.0.0.1');
  const open = new Set<Socket>();
  const server = createServer({ cert, key, noDelay: true }, (socket) => {
    const onwards = connect({ port: Number(target.port), host: target.hostname, noDelay: true });
    for (const [one, other] of [
      [socket, onwards],
      [onwards, socket],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  const publicKey = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  const hash = createHash('sha256').update(publicKey).digest('base64');
  return {
    url: `https://${host}:${typeof address === 'object' ? address?.port : ''}`,
    browserArgument: `--ignore-certificate-errors-spki-list=${hash}`,
    leadTo: (url) => {
      target = new URL(url);
    },
    close: async () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
