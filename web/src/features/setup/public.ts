export { SetupChecklist } from './components/SetupChecklist';
export { useSetupList } from './hooks/use-setup-list';
