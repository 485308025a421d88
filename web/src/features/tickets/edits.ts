import type { Reference, TicketPatch, TicketReference, TicketView } from '@/api';
import type { Level, Priority } from './model';

/** One field with its new value. */
export type Edit =
  | { field: 'title' | 'description'; value: string }
  | { field: 'impact' | 'urgency'; value: Level }
  | { field: 'priority'; value: Priority; reason: string }
  | { field: 'category'; value: { category: string | null; subcategory: string | null } }
  | { field: 'tags'; value: string[] }
  | { field: 'requester'; value: Reference }
  | { field: 'requested_for'; value: Reference | null }
  | { field: 'parent'; value: TicketReference | null }
  /** A field of the organization's own; `shown` is its new value as people read it. */
  | { field: 'custom_field'; key: string; label: string; value: unknown; shown: string };

export type EditField = Edit['field'];

/** What the server is asked for. */
export function patchOf(edit: Edit): TicketPatch {
  switch (edit.field) {
    case 'priority':
      return { priority: edit.value, priority_reason: edit.reason };
    case 'category':
      return edit.value;
    case 'requester':
      return { requester_id: edit.value.id };
    case 'requested_for':
      return { requested_for_id: edit.value?.id ?? null };
    case 'parent':
      return { parent: edit.value?.number ?? null };
    case 'custom_field':
      return { custom_fields: { [edit.key]: edit.value } };
    default:
      return { [edit.field]: edit.value };
  }
}

/** What the screen shows before the server has answered. */
export function previewOf(edit: Edit): Partial<TicketView> {
  if (edit.field === 'category') return edit.value;
  // What the server makes of them is not known here.
  if (edit.field === 'description' || edit.field === 'custom_field') return {};
  return { [edit.field]: edit.value };
}

/** The value of a field as people read it, to tell whether it is another. */
export function shownValue(ticket: TicketView, field: Exclude<EditField, 'custom_field'>): string {
  switch (field) {
    case 'category':
      return [ticket.category, ticket.subcategory].filter(Boolean).join(' › ');
    case 'tags':
      return ticket.tags.join(', ');
    case 'requester':
      return ticket.requester.name;
    case 'requested_for':
      return ticket.requested_for?.name ?? '';
    case 'parent':
      return ticket.parent?.number ?? '';
    default:
      return ticket[field];
  }
}

/** The value that an edit would replace, as people read it. */
export function replacedValue(ticket: TicketView, edit: Edit): string {
  if (edit.field !== 'custom_field') return shownValue(ticket, edit.field);
  const value = ticket.custom_fields?.[edit.key];
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

/** The new value of an edit as people read it. */
export function editedValue(edit: Edit): string {
  switch (edit.field) {
    case 'category':
      return [edit.value.category, edit.value.subcategory].filter(Boolean).join(' › ');
    case 'tags':
      return edit.value.join(', ');
    case 'requester':
    case 'requested_for':
      return edit.value?.name ?? '';
    case 'parent':
      return edit.value?.number ?? '';
    case 'custom_field':
      return edit.shown;
    default:
      return edit.value;
  }
}
