import type { CategoryView } from '@/api';

/** Where a category goes: below whom, and which number among those there without itself. */
export interface Place {
  parent_id: string | null;
  position: number;
}

/** A category as it stands in the tree on the screen. */
export interface TreeRow {
  category: CategoryView;
  level: number;
  /** Number among its siblings, from 1. */
  number: number;
  siblings: number;
}

export type Zone = 'before' | 'inside' | 'after';

const parentOf = (category: CategoryView) => category.parent_id ?? null;

export function childrenOf(all: readonly CategoryView[], parent: string | null): CategoryView[] {
  return all.filter((category) => parentOf(category) === parent);
}

/** The rows that are open, each before those below it. */
export function visibleRows(all: readonly CategoryView[], closed: ReadonlySet<string>): TreeRow[] {
  const below = (parent: string | null, level: number): TreeRow[] => {
    const children = childrenOf(all, parent);
    return children.flatMap((category, index) => [
      { category, level, number: index + 1, siblings: children.length },
      ...(closed.has(category.id) ? [] : below(category.id, level + 1)),
    ]);
  };
  return below(null, 1);
}

/** The ids of a category and of all below it. */
export function subtree(all: readonly CategoryView[], id: string): Set<string> {
  const ids = new Set([id]);
  const queue = [id];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const child of childrenOf(all, next)) {
      ids.add(child.id);
      queue.push(child.id);
    }
  }
  return ids;
}

/** Where something dropped on a row would go; null where it cannot. */
export function dropPlace(all: readonly CategoryView[], dragged: string, target: string, zone: Zone): Place | null {
  const row = all.find((category) => category.id === target);
  if (!row || subtree(all, dragged).has(target)) return null;
  if (zone === 'inside') {
    const others = childrenOf(all, target).filter((child) => child.id !== dragged);
    return { parent_id: target, position: others.length };
  }
  const parent = parentOf(row);
  const others = childrenOf(all, parent).filter((child) => child.id !== dragged);
  const index = others.findIndex((child) => child.id === target);
  return { parent_id: parent, position: zone === 'before' ? index : index + 1 };
}

export type Step = 'up' | 'down' | 'in' | 'out';

/** Where one step takes a category: among its siblings, below the one above it, or out beside its parent. */
export function stepPlace(all: readonly CategoryView[], id: string, step: Step): Place | null {
  const category = all.find((each) => each.id === id);
  if (!category) return null;
  const parent = parentOf(category);
  const siblings = childrenOf(all, parent);
  const index = siblings.findIndex((each) => each.id === id);
  if (step === 'up') return index > 0 ? { parent_id: parent, position: index - 1 } : null;
  if (step === 'down') return index < siblings.length - 1 ? { parent_id: parent, position: index + 1 } : null;
  if (step === 'in') {
    const above = siblings[index - 1];
    return above ? { parent_id: above.id, position: childrenOf(all, above.id).length } : null;
  }
  return parent === null ? null : dropPlace(all, id, parent, 'after');
}

/** Where a category stands now, to bring it back. */
export function placeOf(all: readonly CategoryView[], category: CategoryView): Place {
  const parent = parentOf(category);
  return { parent_id: parent, position: childrenOf(all, parent).findIndex((each) => each.id === category.id) };
}
