import { networkInterfaces } from 'node:os';
import type { TransportListenInfo } from 'mediasoup/types';
import type { MediaConfig } from '../config.ts';

/** Interfaces beyond this number (bridges of containers) only make the list of candidates long. */
const addressLimit = 8;

function localAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const outer = all.filter((address) => address.family === 'IPv4' && !address.internal);
  return ['127.0.0.1', ...outer.map((address) => address.address)].slice(0, addressLimit);
}

/**
 * Where a worker listens and what clients are told. Listening on every address without an announced one means this
 * computer and its local network: each address is bound by itself, so that each becomes a candidate. Of several announced
 * addresses the worker knows the first; {@link Reach} tells clients the others.
 * @param port 0 takes any free one.
 */
export function listenInfos(config: MediaConfig, port: number): TransportListenInfo[] {
  const { listenIp, announcedAddresses } = config;
  const [announcedAddress] = announcedAddresses;
  const everywhere = listenIp === '0.0.0.0' && announcedAddress === undefined;
  const addresses = everywhere ? localAddresses() : [listenIp];
  return addresses.flatMap((ip) =>
    (['udp', 'tcp'] as const).map((protocol) => ({
      protocol,
      ip,
      port,
      ...(announcedAddress === undefined ? {} : { announcedAddress }),
    })),
  );
}
