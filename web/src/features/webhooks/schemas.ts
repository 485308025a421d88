import * as v from 'valibot';
import { idSearch, oneOf } from '@/ui/list/list-search';

export const STATES = ['waiting', 'sent', 'failed', 'skipped'] as const;
export type DeliveryState = (typeof STATES)[number];

/** What the address of a webhook may hold: which deliveries, and which one is open. */
export const webhookSearchSchema = v.object({ delivery_state: oneOf(STATES), delivery: idSearch });
export type WebhookSearch = v.InferOutput<typeof webhookSearchSchema>;
