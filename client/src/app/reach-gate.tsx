import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Loading } from '../components/states.tsx';
import { browserReach, inAppOf } from '../store/browser-reach.ts';

const InAppPage = lazy(() => import('../views/reach/in-app-page.tsx'));

const slot = 'diemcau.in-app';

function hasGoneOn(): boolean {
  try {
    return sessionStorage.getItem(slot) === 'yes';
  } catch {
    return false;
  }
}

/** Stops who came in a browser without picture and sound once, and says how to open a real one. */
export function ReachGate({ children }: { readonly children: ReactNode }) {
  const [gate, setGate] = useState<'closed' | 'open'>(() => {
    const reach = browserReach();
    return (reach === 'inApp' || reach === 'unsupported') && !hasGoneOn() ? 'closed' : 'open';
  });
  if (gate === 'open') return children;
  const goOn = () => {
    try {
      sessionStorage.setItem(slot, 'yes');
    } catch {
      // It is then said again after the next load.
    }
    setGate('open');
  };
  return (
    <Suspense fallback={<Loading />}>
      <InAppPage app={inAppOf(navigator.userAgent)} onGoOn={goOn} />
    </Suspense>
  );
}
