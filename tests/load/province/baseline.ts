import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startBareServer } from '../evening/bare.ts';
import type { EveningSize } from '../evening/plan.ts';
import { residentBytes } from '../evening/process-figures.ts';
import type { BareReport, BareTask } from './bare-crowd.ts';
import { course, crowdProcess, nodeNames } from './plan.ts';

const crowdFile = fileURLToPath(new URL('./bare-crowd.ts', import.meta.url));

export interface BareFound {
  readonly held: number;
  readonly connectsPerSecond: number;
  readonly acknowledged: readonly number[];
  /** Kilobytes. */
  readonly residentPerMember: number;
}

/** As many connections on as many processes of bare Socket.IO as the product has nodes; everybody marks once, as fast as there. */
export async function holdBareEvening({ members }: EveningSize): Promise<BareFound> {
  const servers = await Promise.all(nodeNames.map(() => startBareServer('socketio')));
  const crowds = servers.map(() => fork(crowdFile, [], crowdProcess));
  try {
    const reports = await Promise.all(
      servers.map(async ({ url }, index) => {
        const crowd = crowds[index];
        if (!crowd) throw new Error('no crowd');
        const count = Math.round(members / servers.length);
        crowd.send({ url, members: count, seconds: course.vote + course.thought } satisfies BareTask);
        const ended = once(crowd, 'exit').then(() => {
          throw new Error('a crowd of the baseline has ended');
        });
        const [report] = (await Promise.race([once(crowd, 'message'), ended])) as [BareReport];
        return report;
      }),
    );
    const held = reports.reduce((sum, report) => sum + report.held, 0);
    const resident = servers.reduce((sum, { pid }) => sum + residentBytes(pid), 0);
    return {
      held,
      connectsPerSecond: held / Math.max(...reports.map(({ seconds }) => seconds)),
      acknowledged: reports.flatMap(({ acknowledged }) => [...acknowledged]),
      residentPerMember: resident / 1_024 / held,
    };
  } finally {
    for (const crowd of crowds) crowd.kill();
    await Promise.all(servers.map((server) => server.stop()));
  }
}
