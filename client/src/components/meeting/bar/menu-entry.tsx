import { Button, type ButtonProps } from '@mantine/core';
import type { ComponentPropsWithoutRef } from 'react';

type MenuEntryProps = Omit<ButtonProps, 'fullWidth' | 'justify' | 'mih'> &
  Pick<ComponentPropsWithoutRef<'button'>, 'onClick'> & { readonly 'data-testid'?: string };

/** One line of "more". */
export function MenuEntry(props: MenuEntryProps) {
  return <Button variant="default" fullWidth justify="flex-start" mih={52} {...props} />;
}
