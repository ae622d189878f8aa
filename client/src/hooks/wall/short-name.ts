/** @returns a cell's name for a tile, where all are cells: "Chi bộ thôn Nà Lộc" is "Thôn Nà Lộc". */
export function shortName(cell: string): string {
  const rest = cell.replace(/^chi bộ\s+/i, '');
  return rest === '' ? cell : rest.charAt(0).toLocaleUpperCase('vi') + rest.slice(1);
}
