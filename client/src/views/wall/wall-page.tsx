import { Container } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Loading, RefusalNotice } from '../../components/states.tsx';
import { DeskQuestions } from '../../components/wall/desk-questions.tsx';
import { AlarmAnnouncer } from '../../components/wall/wall-notices.tsx';
import { WallSound } from '../../components/wall/wall-sound.tsx';
import { useDocumentTitle } from '../../hooks/use-document-title.ts';
import { DeskProvider, useNewDesk } from '../../hooks/wall/desk.ts';
import { useWallServices } from '../../hooks/wall/use-wall-services.ts';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import { useWall, useWatch, WallProvider } from '../../hooks/wall/wall.ts';
import { WallComputer } from './wall-computer.tsx';
import { WallPhone } from './wall-phone.tsx';

/** The wall once it is watched: tiles on a computer, a list on a phone. */
function Screen() {
  const desk = useNewDesk();
  const wide = useMediaQuery('(min-width: 62em)', window.innerWidth >= 992, {
    getInitialValueInEffect: false,
  });
  return (
    <DeskProvider value={desk}>
      <AlarmAnnouncer />
      <WallSound />
      {wide ? <WallComputer /> : <WallPhone />}
      <DeskQuestions />
    </DeskProvider>
  );
}

function Watched() {
  const { client } = useWall();
  const watch = useWatch();
  if (watch.kind === 'refused') {
    return (
      <Container size="sm" py="xl" component="main">
        <RefusalNotice message={watch.message} onRetry={() => client.watch()} />
      </Container>
    );
  }
  return watch.kind === 'opening' || watch.kind === 'off' ? <Loading /> : <Screen />;
}

/** The superior's wall: one superior, many cells, openly. */
export function Component() {
  const t = useWallText();
  useDocumentTitle(t('title'));
  const wall = useWallServices();
  if (wall === null) return <Loading />;
  return (
    <WallProvider value={wall}>
      <Watched />
    </WallProvider>
  );
}
