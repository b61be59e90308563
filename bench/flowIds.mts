const FIRST_ID = 1_000_000;

/** The IDs of the mock API's flows. */
export const getFlowIds = (count: number) =>
	Array.from({ length: count }, (_, index) => String(FIRST_ID + index));
