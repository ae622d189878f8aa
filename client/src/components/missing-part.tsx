import { Component, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Unreachable } from './states.tsx';

/** A part of the page that did not come. */
export class PartMissing extends Error {
  /** Lets it be fetched anew when it is next drawn. */
  readonly forget: () => void;

  constructor(forget: () => void, cause: unknown) {
    super('a part of the page did not come', { cause });
    this.name = 'PartMissing';
    this.forget = forget;
  }
}

/** That a part did not come, and the way on, in its place. */
function NotFetched() {
  const { t } = useTranslation('shell');
  return <Unreachable message={t('line.notFetched')} onRetry={() => window.location.reload()} />;
}

interface PartProps {
  readonly children: ReactNode;
  /** What stands there until it has come. */
  readonly wait: ReactNode;
  /** What stands there when it didn't; by default that it didn't. */
  readonly instead?: ReactNode;
  readonly onMissing?: (() => void) | undefined;
}

/** Around a part that is fetched when it is drawn. */
export class LatePlace extends Component<PartProps, { readonly error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidCatch(error: unknown) {
    if (!(error instanceof PartMissing)) return;
    error.forget();
    this.props.onMissing?.();
  }

  override render() {
    const { children, wait, instead = <NotFetched /> } = this.props;
    const error: unknown = this.state.error;
    if (error === null) return <Suspense fallback={wait}>{children}</Suspense>;
    if (!(error instanceof PartMissing)) throw error;
    return instead;
  }
}
