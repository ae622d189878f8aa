import '../../i18n/room-texts.ts';
import { Button, Container, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link } from 'react-router';
import { Empty, Loading, RefusalNotice } from '../../components/states.tsx';
import { DeskQuestions } from '../../components/wall/desk-questions.tsx';
import { AlarmAnnouncer } from '../../components/wall/wall-notices.tsx';
import { WallSound } from '../../components/wall/wall-sound.tsx';
import { useDocumentTitle } from '../../hooks/use-document-title.ts';
import { useHome } from '../../hooks/use-home.ts';
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
  const home = useHome();
  const assigned = home.data === undefined || home.data.superiorOf.length > 0;
  if (watch.kind === 'refused' && !assigned) return <NobodyAssigned />;
  if (watch.kind === 'refused') {
    return (
      <Container size="sm" py="xl" component="main">
        <RefusalNotice message={watch.message} onRetry={() => client.watch()} />
      </Container>
    );
  }
  return watch.kind === 'opening' || watch.kind === 'off' ? <Loading /> : <Screen />;
}

/** Without an assignment there is nothing to watch: said plainly, with the way back. */
function NobodyAssigned() {
  const t = useWallText();
  return (
    <Container size="sm" py="xl" component="main">
      <Title order={1}>{t('title')}</Title>
      <Empty
        action={
          <Button component={Link} to="/">
            {t('home')}
          </Button>
        }
      >
        {t('empty.none')}
      </Empty>
    </Container>
  );
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
