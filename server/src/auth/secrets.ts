import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The keys of this installation. Lost, everybody signs in again; nothing else depends on them. */
export interface Secrets {
  readonly jwtSecret: string;
}

const file = z.object({ jwtSecret: z.string().min(32) });

function read(path: string): Secrets | null {
  try {
    return file.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Embedded mode: the secrets kept in DATA_DIR, made on the first start and readable by their owner alone.
 * @throws when the file exists and isn't understood; a new one would end every session unasked.
 */
export function keepSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json');
  if (existsSync(path)) {
    chmodSync(path, 0o600);
    const secrets = read(path);
    if (secrets) return secrets;
    throw new Error(`${path} is damaged: restore it, or remove it and let everybody sign in again.`);
  }
  mkdirSync(dataDir, { recursive: true });
  const secrets: Secrets = { jwtSecret: randomBytes(48).toString('base64url') };
  // Whole or not at all: a power cut must not leave half a secret behind.
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(draft, path);
  return secrets;
}
