import type { CellView, OrganizationView } from '@diemcau/shared/protocol/http.ts';

/** An organization with what is directly below it. */
export interface Branch {
  readonly organization: OrganizationView;
  readonly cells: readonly CellView[];
  readonly below: readonly Branch[];
}

/** @returns the trees that the organizations form; an organization whose upper one is not listed stands at the top. */
export function branchesOf(
  organizations: readonly OrganizationView[],
  cells: readonly CellView[],
): readonly Branch[] {
  const known = new Set(organizations.map(({ id }) => id));
  const byName = (a: { readonly name: string }, b: { readonly name: string }) =>
    a.name.localeCompare(b.name, 'vi', { numeric: true });
  const branch = (organization: OrganizationView): Branch => ({
    organization,
    cells: cells.filter((cell) => cell.organizationId === organization.id).sort(byName),
    below: organizations
      .filter(({ parentId }) => parentId === organization.id)
      .sort(byName)
      .map(branch),
  });
  return organizations
    .filter(({ parentId }) => parentId === null || !known.has(parentId))
    .sort(byName)
    .map(branch);
}
