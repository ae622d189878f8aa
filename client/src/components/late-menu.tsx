import {
  cloneElement,
  type ReactElement,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react';
import { sayMissed } from '../store/parts.ts';
import { LatePlace } from './missing-part.tsx';

type ButtonElement = ReactElement<{
  readonly onClick?: () => void;
  readonly 'aria-haspopup'?: 'menu';
  readonly 'aria-expanded'?: boolean;
}>;

/**
 * A button whose menu is fetched when it is first touched; one that doesn't come is told.
 * @param children the menu with its own button, as {@link fetched}.
 */
export function LateMenu({
  button,
  children,
}: {
  readonly button: ButtonElement;
  readonly children: ReactNode;
}) {
  const [wanted, setWanted] = useState(false);
  const alone = cloneElement(button, {
    onClick: () => setWanted(true),
    'aria-haspopup': 'menu',
    'aria-expanded': false,
  });
  if (!wanted) return alone;
  const missed = () => {
    setWanted(false);
    sayMissed();
  };
  return (
    <LatePlace wait={alone} instead={alone} onMissing={missed}>
      {children}
    </LatePlace>
  );
}

/** How the menu of a {@link LateMenu} opens once it has come: from its button, to which the focus goes back. */
export function useLateOpening(): {
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly opened: boolean;
  readonly onChange: (opened: boolean) => void;
} {
  const button = useRef<HTMLButtonElement>(null);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    button.current?.focus();
    setOpened(true);
  }, []);
  return { button, opened, onChange: setOpened };
}
