/** What the checker holds against the product: which promise is broken, and where. */
export interface Finding {
  readonly promise:
    | 'the chain holds'
    | 'an acknowledged command is stored once'
    | 'nothing counts twice'
    | 'what was shown is stored'
    | 'order is one'
    | 'votes are counted right'
    | 'replay equals the live state'
    | 'minutes agree'
    | 'the product comes back';
  readonly detail: string;
}
