//! Whisper written down as plainly as possible, in double precision, one number at a time.

use super::tiny::Tiny;

type Rows = Vec<Vec<f64>>;

/// What reading tokens gives.
pub struct Read {
    /// Log-probabilities of every next token, `[tokens][vocabulary]`.
    pub log_probabilities: Rows,
    /// Cross-attention weights, `[layers][heads][tokens][frames]`.
    pub attention: Vec<Vec<Rows>>,
}

/// Encoder states of a spectrogram `[mels][frames]`.
pub fn encode(tiny: &Tiny, mel: &[f32]) -> Rows {
    let mels = tiny.shape.mels;
    let frames = mel.len() / mels;
    let turned =
        |frame: usize| (0..mels).map(|band| f64::from(mel[band * frames + frame])).collect();
    let input: Rows = (0..frames).map(turned).collect();
    let mut hidden = convolve(tiny, "encoder/conv1", &input, 1);
    hidden = convolve(tiny, "encoder/conv2", &hidden, 2);
    add_positions(tiny, "encoder", &mut hidden);
    for layer in 0..tiny.shape.encoder_layers {
        let prefix = format!("encoder/layer_{layer}");
        attend_to_self(tiny, &prefix, &mut hidden, |_, _| true);
        feed_forward(tiny, &prefix, &mut hidden);
    }
    norm(tiny, "encoder/layer_norm", &hidden)
}

/// Reads tokens against encoder states.
pub fn read(tiny: &Tiny, encoded: &Rows, tokens: &[u32]) -> Read {
    let embeddings = rows_of(tiny, "decoder/embeddings/weight");
    let mut hidden: Rows = tokens.iter().map(|&token| embeddings[token as usize].clone()).collect();
    add_positions(tiny, "decoder", &mut hidden);
    let mut attention = Vec::new();
    for layer in 0..tiny.shape.decoder_layers {
        let prefix = format!("decoder/layer_{layer}");
        attend_to_self(tiny, &prefix, &mut hidden, |row, other| other <= row);
        attention.push(attend_to_sound(tiny, &prefix, &mut hidden, encoded));
        feed_forward(tiny, &prefix, &mut hidden);
    }
    let hidden = norm(tiny, "decoder/layer_norm", &hidden);
    let logits = |row: &Vec<f64>| embeddings.iter().map(|word| dot(row, word)).collect::<Vec<_>>();
    let log_probabilities = |row| softmax(&logits(row)).iter().map(|x| x.ln()).collect();
    Read { log_probabilities: hidden.iter().map(log_probabilities).collect(), attention }
}

fn convolve(tiny: &Tiny, name: &str, input: &Rows, stride: usize) -> Rows {
    let weights = tiny.values(&format!("{name}/weight"));
    let bias = tiny.values(&format!("{name}/bias"));
    let width = input[0].len();
    let at = |row: usize, channel: usize| {
        row.checked_sub(1).and_then(|row| input.get(row)).map_or(0.0, |row| row[channel])
    };
    let one = |start: usize, output: usize| {
        let mut sum = bias[output];
        for channel in 0..width {
            for k in 0..3 {
                sum += weights[(output * width + channel) * 3 + k] * at(start + k, channel);
            }
        }
        gelu(sum)
    };
    let starts = (0..input.len()).step_by(stride);
    starts.map(|start| (0..tiny.shape.state).map(|output| one(start, output)).collect()).collect()
}

fn add_positions(tiny: &Tiny, part: &str, hidden: &mut Rows) {
    let positions = rows_of(tiny, &format!("{part}/position_encodings/encodings"));
    add(hidden, &positions);
}

fn attend_to_self(tiny: &Tiny, prefix: &str, hidden: &mut Rows, sees: fn(usize, usize) -> bool) {
    let prefix = format!("{prefix}/self_attention");
    let normal = norm(tiny, &format!("{prefix}/layer_norm"), hidden);
    let all = linear(tiny, &format!("{prefix}/linear_0"), &normal);
    let state = tiny.shape.state;
    let part =
        |i: usize| all.iter().map(|row| row[i * state..][..state].to_vec()).collect::<Rows>();
    let (context, _) = attend(tiny.shape.heads, &part(0), &part(1), &part(2), sees);
    add(hidden, &linear(tiny, &format!("{prefix}/linear_1"), &context));
}

fn attend_to_sound(tiny: &Tiny, prefix: &str, hidden: &mut Rows, encoded: &Rows) -> Vec<Rows> {
    let prefix = format!("{prefix}/attention");
    let normal = norm(tiny, &format!("{prefix}/layer_norm"), hidden);
    let queries = linear(tiny, &format!("{prefix}/linear_0"), &normal);
    let both = linear(tiny, &format!("{prefix}/linear_1"), encoded);
    let state = tiny.shape.state;
    let part =
        |i: usize| both.iter().map(|row| row[i * state..][..state].to_vec()).collect::<Rows>();
    let (context, weights) = attend(tiny.shape.heads, &queries, &part(0), &part(1), |_, _| true);
    add(hidden, &linear(tiny, &format!("{prefix}/linear_2"), &context));
    weights
}

fn attend(
    heads: usize,
    queries: &Rows,
    keys: &Rows,
    values: &Rows,
    sees: fn(usize, usize) -> bool,
) -> (Rows, Vec<Rows>) {
    let state = queries[0].len();
    let size = state / heads;
    let mut context = vec![vec![0.0; state]; queries.len()];
    let mut all_weights = Vec::new();
    for head in 0..heads {
        let part = |row: &Vec<f64>| row[head * size..][..size].to_vec();
        let score = |row: usize, other: usize| {
            let score = dot(&part(&queries[row]), &part(&keys[other])) / (size as f64).sqrt();
            if sees(row, other) { score } else { f64::NEG_INFINITY }
        };
        let scores = |row| (0..keys.len()).map(|other| score(row, other)).collect::<Vec<_>>();
        let weights: Rows = (0..queries.len()).map(|row| softmax(&scores(row))).collect();
        for (row, weights) in weights.iter().enumerate() {
            for (weight, value) in weights.iter().zip(values) {
                for (out, x) in context[row][head * size..][..size].iter_mut().zip(part(value)) {
                    *out += weight * x;
                }
            }
        }
        all_weights.push(weights);
    }
    (context, all_weights)
}

fn feed_forward(tiny: &Tiny, prefix: &str, hidden: &mut Rows) {
    let prefix = format!("{prefix}/ffn");
    let normal = norm(tiny, &format!("{prefix}/layer_norm"), hidden);
    let mut inner = linear(tiny, &format!("{prefix}/linear_0"), &normal);
    inner.iter_mut().flatten().for_each(|x| *x = gelu(*x));
    add(hidden, &linear(tiny, &format!("{prefix}/linear_1"), &inner));
}

fn linear(tiny: &Tiny, name: &str, input: &Rows) -> Rows {
    let weights = rows_of(tiny, &format!("{name}/weight"));
    let bias = tiny.values(&format!("{name}/bias"));
    let apply = |row: &Vec<f64>| weights.iter().zip(&bias).map(|(w, b)| dot(row, w) + b).collect();
    input.iter().map(apply).collect()
}

fn norm(tiny: &Tiny, name: &str, input: &Rows) -> Rows {
    let gain = tiny.values(&format!("{name}/gamma"));
    let bias = tiny.values(&format!("{name}/beta"));
    let apply = |row: &Vec<f64>| {
        let mean = row.iter().sum::<f64>() / row.len() as f64;
        let variance = row.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / row.len() as f64;
        let scale = 1.0 / (variance + 1e-5).sqrt();
        (0..row.len()).map(|i| (row[i] - mean) * scale * gain[i] + bias[i]).collect()
    };
    input.iter().map(apply).collect()
}

fn rows_of(tiny: &Tiny, name: &str) -> Rows {
    let width = tiny.tensors[name].0[1];
    tiny.values(name).chunks(width).map(<[f64]>::to_vec).collect()
}

fn add(rows: &mut Rows, others: &Rows) {
    for (row, other) in rows.iter_mut().zip(others) {
        row.iter_mut().zip(other).for_each(|(x, y)| *x += y);
    }
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(x, y)| x * y).sum()
}

fn softmax(scores: &[f64]) -> Vec<f64> {
    let peak = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = scores.iter().map(|x| (x - peak).exp()).sum();
    scores.iter().map(|x| (x - peak).exp() / sum).collect()
}

fn gelu(x: f64) -> f64 {
    let mut value = [x as f32];
    readback_kernels::gelu_plain(&mut value);
    f64::from(value[0])
}
