import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** @returns a page's script and all that it imports, as one file. */
export async function bundledPage(script: URL): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      rolldownOptions: { input: fileURLToPath(script), output: { codeSplitting: false } },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  for (const bundle of outputs) {
    if (!('output' in bundle)) continue;
    for (const file of bundle.output) if (file.type === 'chunk' && file.isEntry) return file.code;
  }
  throw new Error('the page was not bundled');
}
