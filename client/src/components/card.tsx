import { Box, type BoxProps } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './shell/shell.module.css';

/** A quiet surface with a border. */
export function Card({ children, ...rest }: BoxProps & { readonly children: ReactNode }) {
  return (
    <Box className={classes.card} {...rest}>
      {children}
    </Box>
  );
}
