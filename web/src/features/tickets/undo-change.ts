import type { QueryClient } from '@tanstack/react-query';
import { undoTicketChange } from '@/api';
import { notifyUndo } from '@/ui/feedback/notify-undo';
import { acceptTicket } from './cache';

/** Says what was changed in a ticket, with the way back: the server knows what it was before. */
export function notifyChange(client: QueryClient, number: string, message: string): void {
  notifyUndo(message, async () => {
    const { data } = await undoTicketChange({ path: { key: number } });
    await acceptTicket(client, data);
  });
}
