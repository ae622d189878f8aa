import { useEffect, useMemo, useState } from 'react';
import type { WallSession } from '../../media/wall-session.ts';
import { WallClient } from '../../net/wall-client.ts';
import { useConnection } from '../use-app.ts';
import type { Wall } from './wall.ts';

/** Whether the browser gives this page media at all: not over plain HTTP from another machine. */
const hasMedia = () => window.isSecureContext && typeof RTCPeerConnection === 'function';

/** Loads what speaks WebRTC, and opens it once the wall is watched. */
async function mediaOf(client: WallClient): Promise<WallSession> {
  const { WallSession } = await import('../../media/wall-session.ts');
  return new WallSession({ request: client.media, onNotice: client.onMediaNotice, line: client.line });
}

/** @returns the wall's services while the component is on screen; null until the connection is there. */
export function useWallServices(): Wall | null {
  const connection = useConnection();
  const [client, setClient] = useState<WallClient | null>(null);
  const [media, setMedia] = useState<WallSession | null>(null);
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
    let session: WallSession | null = null;
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
