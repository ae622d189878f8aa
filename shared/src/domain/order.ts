/** @returns whether `order` holds exactly the members of `ids`, each once. */
export function isPermutation<T>(order: readonly T[], ids: readonly T[]): boolean {
  return (
    order.length === ids.length && new Set(order).size === ids.length && ids.every((id) => order.includes(id))
  );
}
