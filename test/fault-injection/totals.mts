/** What the sequences of a run add up to. */
export const NO_TOTALS = {
	sequences: 0,
	/** Faults injected. */
	faults: 0,
	/** Requests other than GET. */
	writes: 0,
	/** Items reported as a success or a failure that the mock API shows to be the opposite. */
	misreported: 0,
	/** Non-idempotent writes sent again after they had been applied. */
	duplicated: 0,
	/** Items neither in the output nor reported as failed. */
	dropped: 0,
};

export type Totals = typeof NO_TOTALS;

export function addTotals(parts: Totals[]): Totals {
	const sum = { ...NO_TOTALS };
	for (const part of parts) {
		sum.sequences += part.sequences;
		sum.faults += part.faults;
		sum.writes += part.writes;
		sum.misreported += part.misreported;
		sum.duplicated += part.duplicated;
		sum.dropped += part.dropped;
	}
	return sum;
}
