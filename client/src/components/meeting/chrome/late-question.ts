import { lateWindow } from '../../late.tsx';

/** The question, where a room begins without one. */
export const LateQuestion = lateWindow(async () => (await import('./question.tsx')).Question);
