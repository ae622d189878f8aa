import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const server = `http://127.0.0.1:${process.env.PORT ?? '3000'}`;

/** Smaller files are not worth a second one. */
const worthIt = 1_000;

/** Puts a brotli and a gzip beside each text file, made once as small as can be; the server only picks. */
function precompress(): Plugin {
  let folder = '';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir);
    },
    closeBundle: () => {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        // The page itself is another one each time.
        if (!/\.(?:js|css|svg)$/.test(name)) continue;
        const text = readFileSync(resolve(folder, name));
        if (text.length < worthIt) continue;
        const params = {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
        };
        writeFileSync(resolve(folder, `${name}.br`), brotliCompressSync(text, { params }));
        writeFileSync(resolve(folder, `${name}.gz`), gzipSync(text, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), precompress()],
  // Replaced by the server with another word for each page that it sends (server/src/http/pages.ts).
  html: { cspNonce: 'STYLE-NONCE' },
  server: {
    port: 5173,
    proxy: {
      '/api': { target: server },
      '/socket.io': { target: server, ws: true },
    },
  },
  build: {
    target: 'es2023',
    sourcemap: false,
    // Few files, for each costs headers and a turn of its own, in the order in which they are wanted (src/app/ahead.ts); each with
    // all that it needs and that an earlier one hasn't. The pages of administration, the wall and mediasoup-client are loaded when
    // they are opened.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Changes seldom and is kept by browsers from one release to the next.
            {
              name: 'react',
              test: /node_modules[\\/](react|react-dom|react-router|scheduler)[\\/]/,
              priority: 4,
            },
            { name: 'first', test: /src[\\/]main\.tsx$/, priority: 3 },
            { name: 'schemas', test: /protocol[\\/]http\.ts$/, priority: 2 },
            { name: 'connection', test: /src[\\/]net[\\/]connection\.ts$/, priority: 2 },
            { name: 'home', test: /app[\\/]home-stage\.ts$/, priority: 2 },
            { name: 'meeting', test: /[\\/]meeting-page\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
});
