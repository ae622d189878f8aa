import { isPersonPresent } from '@diemcau/shared/domain/presence.ts';
import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay, useMyself, useRoom } from '../../../hooks/meeting/room.ts';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { OpinionWindow } from './opinion-window.tsx';

/** Beside asking to speak: an opinion in writing, for who can't or won't speak. */
export function WriteOpinion() {
  const { state } = useRoom();
  const t = useConductText();
  const may = useMay();
  const myself = useMyself();
  const [opened, setOpened] = useState(false);
  const present =
    myself !== null && (isPersonPresent(state, myself) || state.superiors[myself] !== undefined);
  if (!present || state.phase !== 'open' || !may('writeOpinion')) return null;
  return (
    <>
      <Button
        fullWidth
        variant="default"
        mih={48}
        leftSection={<IconPencil size={20} aria-hidden />}
        onClick={() => setOpened(true)}
        data-testid="write-opinion"
      >
        {t('opinion.write')}
      </Button>
      <OpinionWindow opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
