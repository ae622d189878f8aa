import { useEffect, useMemo, useState } from 'react';
import type { WallSessions } from '../../media/wall-sessions.ts';
import { WallClient } from '../../net/wall-client.ts';
import { useConnection } from '../use-app.ts';
import type { Wall } from './wall.ts';

/** Whether the browser gives this page media at all: not over plain HTTP from another machine. */
const hasMedia = () => window.isSecureContext && typeof RTCPeerConnection === 'function';

/** Loads what speaks WebRTC, and opens it once the wall is watched. */
async function mediaOf(client: WallClient): Promise<WallSessions> {
  const { WallSessions } = await import('../../media/wall-sessions.ts');
  const { media: request, onMediaNotice: onNotice, line, far } = client;
  return new WallSessions({ request, onNotice, line }, far);
}

/** @returns the wall's services while the component is on screen; null until the connection is there. */
export function useWallServices(): Wall | null {
  const connection = useConnection();
  const [client, setClient] = useState<WallClient | null>(null);
  const [media, setMedia] = useState<WallSessions | null>(null);
  useEffect(() => {
    if (connection === null) return;
    const made = new WallClient(connection);
    setClient(made);
    made.watch();
    return () => {
      setClient(null);
      void made.close();
    };
  }, [connection]);
  useEffect(() => {
    if (client === null || !hasMedia()) return;
    let session: WallSessions | null = null;
    let state: 'waiting' | 'loading' | 'closed' = 'waiting';
    const begin = () => {
      if (state !== 'waiting' || client.attended().length === 0 || client.line.get() === 'down') return;
      state = 'loading';
      mediaOf(client).then(
        (loaded) => {
          if (state === 'closed') {
            loaded.close();
            return;
          }
          session = loaded;
          setMedia(loaded);
          loaded.listen(client.focused.get());
          void loaded.open();
        },
        () => {
          // Not fetched: tried again with the next change of the wall.
          if (state === 'loading') state = 'waiting';
        },
      );
    };
    const subscriptions = [
      client.entries.all.subscribe(begin),
      client.line.subscribe(begin),
      client.focused.subscribe(() => session?.listen(client.focused.get())),
    ];
    begin();
    return () => {
      state = 'closed';
      for (const unsubscribe of subscriptions) unsubscribe();
      setMedia(null);
      session?.close();
    };
  }, [client]);
  return useMemo(
    () => (client === null || connection === null ? null : { client, media, now: connection.clock.now }),
    [client, media, connection],
  );
}
