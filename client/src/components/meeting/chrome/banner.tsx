import type { ReactNode } from 'react';
import classes from './chrome.module.css';

interface BannerProps {
  readonly tone: 'calm' | 'warning' | 'accent';
  readonly icon: ReactNode;
  readonly children: ReactNode;
  readonly action?: ReactNode;
  readonly testId?: string;
}

/** One sentence across the screen, with an icon; told to screen readers as it comes. */
export function Banner({ tone, icon, children, action, testId }: BannerProps) {
  return (
    <div className={classes.banner} data-tone={tone} role="status" data-testid={testId}>
      {icon}
      <span className={classes.bannerText}>{children}</span>
      {action}
    </div>
  );
}
