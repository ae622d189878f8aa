import type { MeetingId } from '@diemcau/shared/ids.ts';
import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { OwnAbsence } from '../../components/meeting/absence/own-absence.tsx';
import { Loading, RefusalNotice } from '../../components/states.tsx';
import { useConductText } from '../../hooks/meeting/use-conduct-text.ts';
import { useText } from '../../hooks/meeting/use-text.ts';
import { useConnection, useSession } from '../../hooks/use-app.ts';
import { useReadable } from '../../hooks/use-readable.ts';
import { MeetingClient } from '../../net/meeting-client.ts';

/** @returns the meeting's line while the component is on screen: joined to read and to announce, not to attend. */
function useReading(meetingId: MeetingId): MeetingClient | null {
  const connection = useConnection();
  const [client, setClient] = useState<MeetingClient | null>(null);
  useEffect(() => {
    if (connection === null) return;
    const made = new MeetingClient(connection, meetingId);
    setClient(made);
    void made.join({ media: 'unwanted' });
    return () => {
      setClient(null);
      void made.close();
    };
  }, [connection, meetingId]);
  return client;
}

function Joined({ client }: { readonly client: MeetingClient }) {
  const session = useSession();
  const state = useReadable(client.state);
  const membership = useReadable(client.membership);
  const person = session.kind === 'signedIn' && session.session.kind === 'person' ? session.session : null;
  if (membership.kind === 'refused') return <RefusalNotice message={membership.message} />;
  if (state === null || person === null) return <Loading />;
  return (
    <OwnAbsence state={state} person={person.personId} give={(command) => client.command(command).answer} />
  );
}

function Reading({ meetingId }: { readonly meetingId: MeetingId }) {
  const client = useReading(meetingId);
  return client === null ? <Loading /> : <Joined client={client} />;
}

/** One's own absence from a meeting that this device isn't in. */
export function AbsenceWindow({
  meetingId,
  opened,
  onClose,
}: {
  readonly meetingId: MeetingId;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const t = useConductText();
  const texts = useText();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('absence.title')}
      centered
      closeButtonProps={{ 'aria-label': texts('common.close') }}
    >
      {opened && <Reading meetingId={meetingId} />}
    </Modal>
  );
}
