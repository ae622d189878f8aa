import type { Consumer, Producer, Router, TransportListenInfo } from 'mediasoup/types';

/** Room for the burst of a key frame in all layers, where the system allows it. */
const buffer = 1_000_000;

const listenInfo: TransportListenInfo = {
  protocol: 'udp',
  ip: '127.0.0.1',
  recvBufferSize: buffer,
  sendBufferSize: buffer,
};

/** One track's way from a router to another; closing `consumer` ends all of it. */
export interface LaidPipe {
  /** Where it begins. Paused at first: resuming it asks the sender for the key frame that the first receiver needs. */
  readonly consumer: Consumer;
  /** Where it comes out; pauses, goes on and ends with the original. */
  readonly producer: Producer;
}

/**
 * mediasoup's `pipeToRouter` asks for a key frame while nobody can receive it yet, and a sender answers one request a second: who
 * comes then waits for the next. So the pipe is laid here, and silent until somebody listens. Rejects when a router closes meanwhile.
 */
export async function layPipe(from: Router, to: Router, producerId: string): Promise<LaidPipe> {
  const [near, far] = await Promise.all([
    from.createPipeTransport({ listenInfo }),
    to.createPipeTransport({ listenInfo }),
  ]);
  const end = () => {
    near.close();
    far.close();
  };
  near.observer.once('close', () => far.close());
  far.observer.once('close', () => near.close());
  try {
    // Before the transports are connected nothing is asked for.
    const consumer = await near.consume({ producerId });
    await consumer.pause();
    await Promise.all([
      near.connect({ ip: far.tuple.localAddress, port: far.tuple.localPort }),
      far.connect({ ip: near.tuple.localAddress, port: near.tuple.localPort }),
    ]);
    const { kind, rtpParameters } = consumer;
    const producer = await far.produce({ kind, rtpParameters, paused: consumer.producerPaused });
    consumer.observer.once('close', end);
    producer.observer.once('close', end);
    consumer.on('producerpause', () => void producer.pause().catch(end));
    consumer.on('producerresume', () => void producer.resume().catch(end));
    // The original may have ended, paused or gone on while this was made.
    if (consumer.closed) throw new Error('the track ended while its pipe was laid');
    if (consumer.producerPaused !== producer.paused)
      await (consumer.producerPaused ? producer.pause() : producer.resume());
    return { consumer, producer };
  } catch (error) {
    end();
    throw error;
  }
}
