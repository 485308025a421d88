/** How the parts of a group count. */
export const MODES = ['all', 'any', 'none'] as const;
export type Mode = (typeof MODES)[number];

export interface Test {
  field: string;
  op: string;
  value?: unknown;
}

/** A group, a test or a text in CEL, with an id that only the screen knows. */
export type Node = { id: number; test: Test } | { id: number; cel: string } | { id: number; mode: Mode; parts: Node[] };
export type Group = Extract<Node, { mode: Mode }>;

let lastId = 0;
const nextId = () => {
  lastId += 1;
  return lastId;
};

export const newTest = (field: string, op: string): Node => ({ id: nextId(), test: { field, op } });
export const newCel = (cel = ''): Node => ({ id: nextId(), cel });
export const newGroup = (mode: Mode, parts: Node[] = []): Group => ({ id: nextId(), mode, parts });

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readNode(value: unknown): Node | null {
  if (!isRecord(value)) return null;
  const mode = MODES.find((each) => Array.isArray(value[each]));
  if (mode) {
    const parts = value[mode];
    return newGroup(mode, Array.isArray(parts) ? parts.map(readNode).filter((part) => part !== null) : []);
  }
  if (typeof value.cel === 'string') return newCel(value.cel);
  if (typeof value.field !== 'string' || typeof value.op !== 'string') return null;
  const test: Test = { field: value.field, op: value.op };
  if ('value' in value) test.value = value.value;
  return { id: nextId(), test };
}

/** A condition of the API as a tree; nothing, or what cannot be read, is true of every ticket. */
export function readCondition(value: unknown): Group {
  const node = readNode(value);
  if (node === null) return newGroup('all');
  return 'mode' in node ? node : newGroup('all', [node]);
}

function writeNode(node: Node): Record<string, unknown> {
  if ('cel' in node) return { cel: node.cel };
  return 'mode' in node ? { [node.mode]: node.parts.map(writeNode) } : { ...node.test };
}

/** The tree as a condition of the API; null where it is true of every ticket. */
export function writeCondition(group: Group): Record<string, unknown> | null {
  return group.parts.length === 0 ? null : { version: 1, ...writeNode(group) };
}

/** Every test of the tree, at any depth. */
export function testsOf(group: Group): Test[] {
  return group.parts.flatMap((part) => {
    if ('cel' in part) return [];
    return 'mode' in part ? testsOf(part) : [part.test];
  });
}

/** Where the texts in CEL stand (JSON Pointer), as the server names their mistakes. */
export function celPlaces(group: Group, at = ''): string[] {
  return group.parts.flatMap((part, index) => {
    const place = `${at}/${group.mode}/${index}`;
    if ('mode' in part) return celPlaces(part, place);
    return 'cel' in part ? [`${place}/cel`] : [];
  });
}

/** The tree with the node of an id changed, or taken out where `change` gives nothing. */
export function changeNode(group: Group, id: number, change: (node: Node) => Node | null): Group {
  const parts = group.parts.flatMap((part): Node[] => {
    if (part.id === id) {
      const next = change(part);
      return next ? [next] : [];
    }
    return ['mode' in part ? changeNode(part, id, change) : part];
  });
  return { ...group, parts };
}

/** The tree with a node added to the group of an id. */
export function addNode(group: Group, id: number, node: Node): Group {
  if (group.id === id) return { ...group, parts: [...group.parts, node] };
  return { ...group, parts: group.parts.map((part) => ('mode' in part ? addNode(part, id, node) : part)) };
}

/** The place of a line and a character of it, both from 1, in a text of UTF-16. */
export function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const characters = Array.from(lines[line - 1] ?? '').slice(0, column - 1);
  return before + characters.join('').length;
}
