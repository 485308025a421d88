import { createSpotlight } from '@mantine/spotlight';

const [store, palette] = createSpotlight();

export { store as paletteStore };

/** Opens the command palette. */
export function openPalette(): void {
  palette.open();
}

/** Puts the palette's cursor on its first line, for lines that arrive after the query was typed. */
export function selectFirst(): void {
  const { listId } = store.getState();
  const list = listId ? document.getElementById(listId) : null;
  list?.querySelector('[data-selected]')?.removeAttribute('data-selected');
  list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  store.setState({ ...store.getState(), selected: 0 });
}
