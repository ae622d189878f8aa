import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import type { Config } from './config.ts';

/** What the server proves itself with. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  readonly origin: 'given' | 'generated';
  /** SHA-256, as browsers show it. */
  readonly fingerprint: string;
}

const day = 86_400_000;

/** @returns this computer's addresses in the local network, without its own loopback. */
export function lanAddresses(): readonly string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address);
}

/** The certificate to serve with; null for plain HTTP. */
export async function certificateFor(config: Config): Promise<Certificate | null> {
  if (config.tls) {
    const [cert, key] = [config.tls.certPath, config.tls.keyPath].map((path) => readFileSync(path, 'utf8'));
    return cert === undefined || key === undefined ? null : certificate(cert, key, 'given');
  }
  return config.lan ? keepGenerated(config.dataDir) : null;
}

/** Kept from start to start, so that a telephone that accepted it once need not again; made anew when it no longer fits. */
async function keepGenerated(dataDir: string): Promise<Certificate> {
  const [certPath, keyPath] = [join(dataDir, 'lan-cert.pem'), join(dataDir, 'lan-key.pem')];
  if (existsSync(certPath) && existsSync(keyPath)) {
    const cert = readFileSync(certPath, 'utf8');
    if (stillFits(new X509Certificate(cert)))
      return certificate(cert, readFileSync(keyPath, 'utf8'), 'generated');
  }
  const made = await generateOne();
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(keyPath, made.private, { mode: 0o600 });
  writeFileSync(certPath, made.cert);
  return certificate(made.cert, made.private, 'generated');
}

function stillFits(known: X509Certificate): boolean {
  const covers = lanAddresses().every((address) => known.checkIP(address) !== undefined);
  return covers && Date.parse(known.validTo) > Date.now() + 7 * day;
}

function generateOne() {
  const addresses = ['127.0.0.1', ...lanAddresses()];
  return generate([{ name: 'commonName', value: 'Diem Cau' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - day),
    // Telephones refuse certificates that are good for more than 825 days.
    notAfterDate: new Date(Date.now() + 800 * day),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [{ type: 2, value: 'localhost' }, ...addresses.map((ip) => ({ type: 7 as const, ip }))],
      },
    ],
  });
}

function certificate(cert: string, key: string, origin: Certificate['origin']): Certificate {
  return { cert, key, origin, fingerprint: new X509Certificate(cert).fingerprint256 };
}
