import { Device, type types } from 'mediasoup-client';
import { io, type Socket } from 'socket.io-client';
import type { BareEntry, BareRequests, BareState } from './protocol.ts';

/** The shortest way from a click to a picture: everything that can be ready before the click is. */
const passed = <T>(value: object): T => value as T;
const socket: Socket<Record<never, never>, BareRequests> = io({ transports: ['websocket'] });
const device = await Device.factory();
await device.load({ routerRtpCapabilities: passed(await socket.emitWithAck('capabilities')) });

const button = document.querySelector('button');
button?.addEventListener('click', () => void join());
document.body.dataset.ready = 'yes';

async function join(): Promise<void> {
  const entry = await socket.emitWithAck('join', { rtpCapabilities: device.recvRtpCapabilities });
  const receiving = receive(entry);
  show(entry.state);
  await receiving;
}

async function receive({ transport: offer, consumers }: BareEntry): Promise<void> {
  const transport = device.createRecvTransport(offer);
  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    socket.emitWithAck('connectTransport', { dtlsParameters }).then(done, failed);
  });
  const received = await Promise.all(
    consumers.map(({ id, producerId, kind, rtpParameters }) =>
      transport.consume({ id, producerId, kind, rtpParameters: passed(rtpParameters), streamId: id }),
    ),
  );
  for (const consumer of received) showPicture(consumer);
  await socket.emitWithAck('resume');
}

function showPicture({ track }: types.Consumer): void {
  const video = document.createElement('video');
  video.muted = true;
  video.autoplay = true;
  video.width = 320;
  video.srcObject = new MediaStream([track]);
  document.body.append(video);
}

function show({ title, people, agenda }: BareState): void {
  const state = document.createElement('main');
  state.id = 'state';
  const lines = [title, ...people.map((person) => `${person.name}, ${person.office}, ${person.mode}`)];
  const items = agenda.map((item) => `${item.title}: ${item.minutes}'`);
  for (const line of [...lines, ...items]) {
    const paragraph = document.createElement('p');
    paragraph.textContent = line;
    state.append(paragraph);
  }
  document.body.append(state);
}
