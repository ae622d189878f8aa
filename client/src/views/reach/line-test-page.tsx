import '../../app/mantine-more.ts';
import '../../i18n/reach-texts.ts';
import { Button, Progress, Stack, Text, Title } from '@mantine/core';
import {
  IconActivity,
  IconAlertTriangle,
  IconArrowLeft,
  IconCircleCheck,
  IconInfoCircle,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Card } from '../../components/card.tsx';
import { useDocumentTitle } from '../../hooks/use-document-title.ts';
import { type LineTestResult, useLineTest } from '../../hooks/use-line-test.ts';
import { gradeOfRate, gradeOfTrip, type MediaTrial, verdictOf } from '../../net/line-test.ts';
import classes from './reach.module.css';

type Tone = 'good' | 'fair' | 'poor';

const signs = { good: IconCircleCheck, fair: IconInfoCircle, poor: IconAlertTriangle };

interface FindingProps {
  readonly tone: Tone;
  readonly title: string;
  readonly figure?: string;
  readonly words: string;
}

const mediaTones: Readonly<Record<MediaTrial['kind'], Tone>> = {
  udp: 'good',
  tcp: 'fair',
  relay: 'fair',
  none: 'poor',
  signedOut: 'fair',
  unavailable: 'fair',
  untried: 'fair',
};

/** One part of the test: sign, figure, and what it means. */
function Finding({ tone, title, figure, words }: FindingProps) {
  const Sign = signs[tone];
  return (
    <li className={classes.finding} data-tone={tone}>
      <Sign size={24} aria-hidden />
      <div>
        <strong>
          {title}
          {figure !== undefined && `: ${figure}`}
        </strong>
        <p>{words}</p>
      </div>
    </li>
  );
}

function Findings({ result }: { readonly result: LineTestResult }) {
  const { t, i18n } = useTranslation('reach');
  const { figures, webRtc, devices } = result;
  const { trip, socket, media } = figures;
  const rates = (['down', 'up'] as const).map((direction) => {
    const rate = figures[direction];
    const grade = rate === null ? 'none' : gradeOfRate(direction, rate);
    const words = { good: 'rateGood', fair: 'rateFair', poor: 'ratePoor', none: 'rateNone' } as const;
    return (
      <Finding
        key={direction}
        tone={grade === 'none' ? 'poor' : grade}
        title={t(`check.${direction}`)}
        figure={t('check.rate', { value: (rate ?? 0).toLocaleString(i18n.language) })}
        words={t(`check.${words[grade]}`)}
      />
    );
  });
  const tripGrade = gradeOfTrip(trip ?? 0);
  const tripWords = { good: 'tripGood', fair: 'tripFair', poor: 'tripPoor' } as const;
  const webRtcWords = { there: 'webrtcYes', missing: 'webrtcNo', insecure: 'webrtcInsecure' } as const;
  const deviceWords = {
    both: 'devicesBoth',
    microphone: 'devicesMicrophone',
    camera: 'devicesCamera',
    none: 'devicesNone',
  } as const;
  return (
    <ul className={classes.findings}>
      <Finding
        tone={tripGrade}
        title={t('check.trip')}
        words={t(`check.${tripWords[tripGrade]}`, { value: trip ?? 0 })}
      />
      {rates}
      <Finding
        tone={socket === 'stands' ? 'good' : 'fair'}
        title={t('check.socket')}
        words={t(socket === 'stands' ? 'check.socketYes' : 'check.socketNo')}
      />
      <Finding
        tone={webRtc === 'there' ? 'good' : 'poor'}
        title={t('check.webrtc')}
        words={t(`check.${webRtcWords[webRtc]}`)}
      />
      {webRtc === 'there' && (
        <Finding
          tone={mediaTones[media.kind]}
          title={t('check.media')}
          words={t(`check.mediaWords.${media.kind}`, {
            ports: 'ports' in media ? media.ports.join(', ') : '',
          })}
        />
      )}
      {webRtc === 'there' && (
        <Finding
          tone={devices === 'both' ? 'good' : 'fair'}
          title={t('check.devices')}
          words={t(`check.${deviceWords[devices]}`)}
        />
      )}
    </ul>
  );
}

/** Tests a person's line and device, and says in words whether they hold a meeting and what to do. */
export function Component() {
  const { t } = useTranslation('reach');
  useDocumentTitle(t('check.title'));
  const navigate = useNavigate();
  const { state, start } = useLineTest();
  const done = state.kind === 'done' ? state.result : null;
  const verdict = done && verdictOf(done.figures, done.webRtc === 'there' ? 'there' : 'missing');
  return (
    <Card>
      <Stack gap="lg" maw="44rem">
        <div>
          <Title order={1}>{t('check.title')}</Title>
          <Text c="dimmed">{t('check.intro')}</Text>
        </div>
        {state.kind === 'running' && (
          <div role="status">
            <Text mb="xs">{t('check.running')}</Text>
            <Progress value={state.share * 100} size="lg" radius="xl" aria-label={t('check.running')} />
          </div>
        )}
        {done !== null && verdict !== null && (
          <div role="status" data-testid="line-verdict" data-verdict={verdict}>
            <Title order={2}>{t(`check.verdict.${verdict}`)}</Title>
            {verdict === 'offline' ? <Text>{t('check.offlineHint')}</Text> : <Findings result={done} />}
          </div>
        )}
        <div className={classes.actions}>
          <Button
            leftSection={<IconActivity size={20} />}
            loading={state.kind === 'running'}
            onClick={start}
            data-testid="line-start"
          >
            {t(state.kind === 'idle' ? 'check.start' : 'check.again')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconArrowLeft size={20} />}
            onClick={() => (window.history.length > 1 ? void navigate(-1) : void navigate('/'))}
          >
            {t('check.back')}
          </Button>
        </div>
      </Stack>
    </Card>
  );
}
