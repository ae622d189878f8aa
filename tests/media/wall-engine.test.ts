import { setTimeout as sleep } from 'node:timers/promises';
import { asId, type MeetingId, type PersonId } from '@diemcau/shared/ids.ts';
import type { MediaOwner } from '@diemcau/shared/protocol/media.ts';
import type { WallMediaNotice, WallMediaOffer } from '@diemcau/shared/protocol/wall-media.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MediasoupEngine } from '../../server/src/media/engine.ts';
import type { WallView } from '../../server/src/media/wall-port.ts';
import { codeOf, granted, mediaConfig, person, quiet, site, TestPeer, watchSfu } from './studio.ts';

const sfu = watchSfu();
const limits = { consumers: 3, linger: 300 };
let engine: MediasoupEngine;

beforeEach(async () => {
  engine = await MediasoupEngine.start(mediaConfig(2), quiet, limits);
});
afterEach(() => engine.close());

const meetingOf = (number: number) => asId<MeetingId>(`meeting-${number}`);
const view = (
  meetingId: MeetingId,
  picture: readonly MediaOwner[] = [],
  sounds: WallView['sounds'] = 'none',
) => ({
  meetingId,
  picture,
  sounds,
});

class TestWall {
  readonly wallId: string;
  readonly notices: WallMediaNotice[] = [];
  offer: WallMediaOffer | null = null;

  constructor(name: string) {
    this.wallId = name;
  }

  async open(...views: readonly WallView[]): Promise<this> {
    const opening = {
      wallId: this.wallId,
      person: asId<PersonId>(this.wallId),
      notify: (notice: WallMediaNotice) => this.notices.push(notice),
    };
    this.offer = granted(await engine.walls.open(opening, views));
    return this;
  }

  async consume(meetingId: MeetingId, ...producerIds: readonly string[]) {
    const data = {
      tracks: producerIds.map((producerId) => ({ meetingId, producerId })),
      rtpCapabilities: this.offer?.routerRtpCapabilities ?? {},
    };
    return granted(await engine.walls.request(this.wallId, { name: 'consume', data })).consumers;
  }

  async closeConsumer(consumerId: string): Promise<void> {
    granted(await engine.walls.request(this.wallId, { name: 'closeConsumer', data: { consumerId } }));
  }

  get lastTracks() {
    const last = this.notices.findLast((notice) => notice.type === 'tracks');
    return last?.type === 'tracks' ? last.tracks : null;
  }
}

async function sender(number: number, owner: MediaOwner = person('an')) {
  const meetingId = meetingOf(number);
  const name = owner.kind === 'person' ? owner.person : owner.site;
  const peer = await new TestPeer(engine, owner, { meetingId, peerId: `${name} in ${meetingId}` }).open();
  const { producerId } = granted(await peer.produce('camera'));
  return { peer, meetingId, producerId };
}

/** Stand-ins of meetings' producers: what has been piped and stands. */
const piped = () =>
  [...sfu.consumers.values()].filter((consumer) => consumer.type === 'pipe' && !consumer.closed);
const pidOf = (id: string) => sfu.pids.get(id) ?? 0;
/** The router that was made last is the wall's, where meetings were there before it. */
const wallRouter = () => routersOf().at(-1)?.id ?? '';
const routersOf = () => sfu.routers.filter((router) => !router.closed);

describe('one router for all walls of a node', () => {
  test('a producer is piped with the first wall that consumes it, once, and unpiped a while after the last', async () => {
    const { meetingId, producerId } = await sender(1);
    const [first, second] = [await new TestWall('first').open(view(meetingId)), new TestWall('second')];
    await second.open(view(meetingId));
    expect(first.offer?.tracks).toMatchObject([{ meetingId, picture: { producerId }, sounds: [] }]);
    expect(piped()).toHaveLength(0);
    const [[one], [two]] = await Promise.all([
      first.consume(meetingId, producerId),
      second.consume(meetingId, producerId),
    ]);
    expect([one?.producerId, two?.producerId]).toEqual([producerId, producerId]);
    expect(piped()).toHaveLength(1);
    expect(routersOf()).toHaveLength(2);
    await first.closeConsumer(one?.consumerId ?? '');
    await sleep(2 * limits.linger);
    expect(piped()).toHaveLength(1);
    await second.closeConsumer(two?.consumerId ?? '');
    expect(piped()).toHaveLength(1);
    await vi.waitFor(() => expect(piped()).toHaveLength(0));
  });

  test('a click back within the linger finds the pipe warm', async () => {
    const { meetingId, producerId } = await sender(1);
    const wall = await new TestWall('first').open(view(meetingId));
    const [before] = await wall.consume(meetingId, producerId);
    const [pipe] = piped();
    await wall.closeConsumer(before?.consumerId ?? '');
    await sleep(limits.linger / 3);
    expect(await wall.consume(meetingId, producerId)).toHaveLength(1);
    await sleep(2 * limits.linger);
    expect(piped()).toEqual([pipe]);
  });

  test('walls and meetings may share a worker, or not', async () => {
    const senders = await Promise.all([1, 2, 3, 4].map((number) => sender(number)));
    const wall = await new TestWall('first').open(...senders.map(({ meetingId }) => view(meetingId)));
    for (const { meetingId, producerId } of senders) {
      expect(await wall.consume(meetingId, producerId)).toMatchObject([
        { meetingId, producerId, kind: 'video' },
      ]);
    }
    expect(piped()).toHaveLength(4);
    expect(engine.workers.every(({ load }) => load > 2)).toBe(true);
  });

  test('a router that feeds as many consumers as it may takes no further wall', async () => {
    const senders = await Promise.all([1, 2, 3].map((number) => sender(number)));
    const views = senders.map(({ meetingId }) => view(meetingId));
    const first = await new TestWall('first').open(...views);
    for (const { meetingId, producerId } of senders) await first.consume(meetingId, producerId);
    const before = routersOf().length;
    await new TestWall('second').open(...views);
    expect(routersOf()).toHaveLength(before + 1);
    engine.walls.close('first');
    await vi.waitFor(() => expect(routersOf()).toHaveLength(before));
  });

  test('walls that open together share one router, which goes some time after the last', async () => {
    const walls = ['a', 'b', 'c'].map((name) => new TestWall(name));
    await Promise.all(walls.map((wall) => wall.open()));
    expect(routersOf()).toHaveLength(1);
    for (const { wallId } of walls) engine.walls.close(wallId);
    await vi.waitFor(() => expect(routersOf()).toHaveLength(0));
    expect(engine.workers.map(({ load }) => load)).toEqual([0, 0]);
  });
});

describe('what a wall may consume', () => {
  test('the picture follows the order that it is shown by, and the old one goes on until it is closed', async () => {
    const an = await sender(1);
    const hall = await sender(1, site('main'));
    const { meetingId } = an;
    const wall = await new TestWall('first').open(view(meetingId, [site('main'), person('an')]));
    expect(wall.offer?.tracks[0]?.picture).toMatchObject({ producerId: hall.producerId });
    const [old] = await wall.consume(meetingId, hall.producerId);
    engine.walls.show('first', view(meetingId, [person('an'), site('main')]));
    expect(wall.lastTracks).toMatchObject({ picture: { producerId: an.producerId } });
    expect(await wall.consume(meetingId, an.producerId)).toHaveLength(1);
    expect(sfu.consumers.get(old?.consumerId ?? '')?.closed).toBe(false);
    expect(await wall.consume(meetingId, hall.producerId)).toEqual([]);
  });

  test('a camera that ends gives way to the next one', async () => {
    const an = await sender(1);
    const hall = await sender(1, site('main'));
    const wall = await new TestWall('first').open(view(an.meetingId, [site('main')]));
    await wall.consume(an.meetingId, hall.producerId);
    engine.closePeer(hall.peer.id, 'left');
    await vi.waitFor(() => expect(wall.lastTracks).toMatchObject({ picture: { producerId: an.producerId } }));
    engine.closePeer(an.peer.id, 'left');
    await vi.waitFor(() => expect(wall.lastTracks).toMatchObject({ picture: null }));
  });

  test('SPK3 sound is heard in focus alone, with the floor alone, and never one’s own', async () => {
    const { peer, meetingId } = await sender(1);
    const own = await new TestPeer(engine, person('first'), {
      meetingId,
      rights: 'sendOnly',
      peerId: 'own',
    }).openSender();
    engine.setFloor(meetingId, { kind: 'free' });
    const { producerId } = granted(await peer.produce('microphone'));
    granted(await own.produce('microphone'));
    const wall = await new TestWall('first').open(view(meetingId));
    expect(await wall.consume(meetingId, producerId)).toEqual([]);
    engine.walls.show('first', view(meetingId, [], 'heard'));
    expect(wall.lastTracks?.sounds.map((sound) => sound.producerId)).toEqual([producerId]);
    const [sound] = await wall.consume(meetingId, producerId);
    const consumer = sfu.consumers.get(sound?.consumerId ?? '');
    expect(consumer?.closed).toBe(false);
    engine.setFloor(meetingId, { kind: 'restricted', persons: [], sites: [] });
    await vi.waitFor(() => expect(wall.lastTracks?.sounds).toEqual([]));
    expect(await wall.consume(meetingId, producerId)).toEqual([]);
    engine.walls.show('first', view(meetingId, [], 'none'));
    expect(consumer?.closed).toBe(true);
  });

  test('hiding a meeting closes all of it before it returns, also what is on its way', async () => {
    const { meetingId, producerId } = await sender(1);
    const wall = await new TestWall('first').open(view(meetingId));
    const [consumer] = await wall.consume(meetingId, producerId);
    const coming = wall.consume(meetingId, producerId);
    engine.walls.hide('first', meetingId, 'left');
    expect(sfu.consumers.get(consumer?.consumerId ?? '')?.closed).toBe(true);
    expect(wall.notices.at(-1)).toEqual({ type: 'meetingClosed', meetingId, reason: 'left' });
    expect(await coming).toEqual([]);
    expect(await wall.consume(meetingId, producerId)).toEqual([]);
  });

  test('another wall’s transport and consumers are not to be touched', async () => {
    const { meetingId, producerId } = await sender(1);
    const wall = await new TestWall('first').open(view(meetingId));
    const [consumer] = await wall.consume(meetingId, producerId);
    await new TestWall('second').open();
    const consumerId = consumer?.consumerId ?? '';
    const transportId = wall.offer?.receive.id ?? '';
    expect(codeOf(await engine.walls.request('second', { name: 'restartIce', data: { transportId } }))).toBe(
      'mediaNotAllowed',
    );
    granted(await engine.walls.request('second', { name: 'closeConsumer', data: { consumerId } }));
    expect(sfu.consumers.get(consumerId)?.closed).toBe(false);
    expect(codeOf(await engine.walls.request('nobody', { name: 'tune', data: { consumers: [] } }))).toBe(
      'mediaNotAllowed',
    );
  });

  test('a camera is muted for the wall as for the meeting, and comes back', async () => {
    const { peer, meetingId, producerId } = await sender(1);
    const wall = await new TestWall('first').open(view(meetingId));
    const [consumer] = await wall.consume(meetingId, producerId);
    await engine.request(peer.id, { name: 'pauseProducer', data: { producerId } });
    await vi.waitFor(() => expect(sfu.consumers.get(consumer?.consumerId ?? '')?.producerPaused).toBe(true));
    expect(wall.lastTracks).toMatchObject({ picture: null });
    await engine.request(peer.id, { name: 'resumeProducer', data: { producerId } });
    await vi.waitFor(() => expect(sfu.consumers.get(consumer?.consumerId ?? '')?.producerPaused).toBe(false));
    expect(wall.lastTracks).toMatchObject({ picture: { producerId } });
  });
});

describe('when something dies', () => {
  test('a producer that ends while it is being piped leaves nothing behind', async () => {
    const { peer, meetingId, producerId } = await sender(1);
    const wall = await new TestWall('first').open(view(meetingId));
    const coming = wall.consume(meetingId, producerId);
    engine.closePeer(peer.id, 'left');
    expect(await coming).toEqual([]);
    await vi.waitFor(() => expect(piped()).toHaveLength(0));
    expect(wall.lastTracks).toMatchObject({ picture: null });
  });

  test('a wall that is closed while it is made is none', async () => {
    const { meetingId } = await sender(1);
    const opening = { wallId: 'first', person: asId<PersonId>('first'), notify: () => {} };
    const coming = engine.walls.open(opening, [view(meetingId)]);
    engine.walls.close('first');
    expect(codeOf(await coming)).toBe('mediaRequestFailed');
    await vi.waitFor(() => expect(routersOf()).toHaveLength(1));
  });

  test('a meeting’s worker dies: its picture is gone, the wall stays, and the new picture is told', async () => {
    const [one, two] = [await sender(1), await sender(2)];
    const wall = await new TestWall('first').open(view(one.meetingId), view(two.meetingId));
    await wall.consume(one.meetingId, one.producerId);
    await wall.consume(two.meetingId, two.producerId);
    const wallPid = pidOf(wallRouter());
    const victim = [one, two].find(({ producerId }) => pidOf(producerId) !== wallPid);
    if (victim === undefined) throw new Error('both meetings sit beside the wall');
    process.kill(pidOf(victim.producerId), 'SIGKILL');
    await vi.waitFor(() =>
      expect(wall.lastTracks).toMatchObject({ meetingId: victim.meetingId, picture: null }),
    );
    expect(wall.notices.some(({ type }) => type === 'wallClosed')).toBe(false);
    await vi.waitFor(async () => {
      await victim.peer.open();
      granted(await victim.peer.produce('camera'));
    });
    await vi.waitFor(() => expect(wall.lastTracks?.picture).not.toBeNull());
    const producerId = wall.lastTracks?.picture?.producerId ?? '';
    expect(await wall.consume(victim.meetingId, producerId)).toHaveLength(1);
  });

  test('the wall’s worker dies: it is told, refused, and opens anew', async () => {
    const { meetingId, producerId } = await sender(1);
    const wall = await new TestWall('first').open(view(meetingId));
    await wall.consume(meetingId, producerId);
    process.kill(pidOf(wallRouter()), 'SIGKILL');
    await vi.waitFor(() => expect(wall.notices.at(-1)).toEqual({ type: 'wallClosed', reason: 'workerDied' }));
    expect(codeOf(await engine.walls.request('first', { name: 'tune', data: { consumers: [] } }))).toBe(
      'mediaNotAllowed',
    );
    await vi.waitFor(() => wall.open(view(meetingId)));
    const picture = wall.offer?.tracks[0]?.picture?.producerId;
    if (picture !== undefined) expect(await wall.consume(meetingId, picture)).toHaveLength(1);
  });

  test('no worker at all: refused, not thrown', async () => {
    const none = await MediasoupEngine.start({ ...mediaConfig(1), workerBin: '/nowhere/worker' }, quiet);
    const opening = { wallId: 'first', person: asId<PersonId>('first'), notify: () => {} };
    expect(codeOf(await none.walls.open(opening, []))).toBe('mediaUnavailable');
    await none.close();
  });
});
