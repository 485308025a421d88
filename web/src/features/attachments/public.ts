export { Attachments } from './components/Attachments';
export { FilePicker } from './components/FilePicker';
export { useChosenFiles } from './hooks/use-chosen-files';
export { filesOf } from './model';
