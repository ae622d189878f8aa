import { createHmac, randomBytes } from 'node:crypto';
import type { LineTrial } from '@diemcau/shared/protocol/line-trial.ts';
import type { MediaOffer, Opaque, TransportOffer } from '@diemcau/shared/protocol/media.ts';
import { ok, type Result } from '@diemcau/shared/result.ts';
import type { MediaConfig } from '../config.ts';

/** Milliseconds for which a relay's credentials hold: a long meeting, and not another day's. */
export const credentialLife = 8 * 3_600_000;
/** The same for a trial, which lasts some seconds. */
const trialLife = 60_000;

type Relay = NonNullable<MediaOffer['iceServers']>[number];

/** Transports that clients are to reach. */
interface Offered {
  readonly send?: TransportOffer | null;
  readonly receive?: TransportOffer | null;
}

/** How clients reach the workers: every announced address, and relays with credentials of their own. */
export class Reach {
  readonly #config: Pick<MediaConfig, 'announcedAddresses' | 'turn'>;
  readonly #now: () => number;

  /** @param now milliseconds since 1970. */
  constructor(config: Pick<MediaConfig, 'announcedAddresses' | 'turn'>, now: () => number = Date.now) {
    this.#config = config;
    this.#now = now;
  }

  /** @param life of the relays' credentials, milliseconds. @returns the offer with all addresses and relays in it. */
  complete<O extends Offered>(offer: O, life: number = credentialLife): O & Pick<MediaOffer, 'iceServers'> {
    const { announcedAddresses } = this.#config;
    const addresses = announcedAddresses.slice(1);
    return {
      ...offer,
      ...(offer.send && { send: withAddresses(offer.send, addresses) }),
      ...(offer.receive && { receive: withAddresses(offer.receive, addresses) }),
      ...this.#relays(life),
    };
  }

  /** @returns the answer to a restart of ICE with relays whose credentials begin anew; any other as it is. */
  renewed<A extends object>(name: string, answer: Result<A>): Result<A> {
    if (name !== 'restartIce' || !answer.ok) return answer;
    return ok({ ...answer.value, ...this.#relays(credentialLife) });
  }

  /** @returns the ends of a trial with all addresses and relays. */
  completeTrial({ udp, tcp }: LineTrial): LineTrial {
    const { send, receive, iceServers } = this.complete({ send: udp, receive: tcp }, trialLife);
    return { udp: send, tcp: receive, ...(iceServers && { iceServers }) };
  }

  #relays(life: number): Pick<MediaOffer, 'iceServers'> {
    const { turn } = this.#config;
    return turn === null ? {} : { iceServers: [this.#relay(turn, life)] };
  }

  /** The scheme that coturn calls `use-auth-secret`: who knows the secret can check the name without asking anybody. */
  #relay({ urls, secret }: NonNullable<MediaConfig['turn']>, life: number): Relay {
    const expiry = Math.floor((this.#now() + life) / 1000);
    const username = `${expiry}:${randomBytes(6).toString('hex')}`;
    const credential = createHmac('sha1', secret).update(username).digest('base64');
    return { urls: [...urls], username, credential };
  }
}

/** A worker answers wherever it is reached, so its other addresses differ from the first in nothing but the address. */
function withAddresses(transport: TransportOffer, addresses: readonly string[]): TransportOffer {
  const more = addresses.flatMap((address, index) =>
    transport.iceCandidates.map((candidate) => again(candidate, address, index + 1)),
  );
  return { ...transport, iceCandidates: [...transport.iceCandidates, ...more] };
}

/** Later addresses are tried later: the first announced is the one that most people need. */
function again(candidate: Opaque, address: string, place: number): Opaque {
  const { priority, foundation } = candidate;
  return {
    ...candidate,
    address,
    ip: address,
    foundation: `${String(foundation)}a${place}`,
    priority: typeof priority === 'number' ? Math.max(1, priority - place * 256) : priority,
  };
}
