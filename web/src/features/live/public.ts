export { useLiveUpdates } from './hooks/use-live-updates';
